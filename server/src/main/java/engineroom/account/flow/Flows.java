package engineroom.account.flow;

import engineroom.account.Accounts;

/// All that can be done with accounts besides signing up and in.
///
/// @param confirmations of addresses that were given when signing up
/// @param resets of passwords
/// @param links that sign in
/// @param codes that sign in
/// @param addresses that change
/// @param strangers whose accounts have no address
/// @param departures of those who delete their account
/// @param unlocks of accounts at which somebody guessed too often
public record Flows(
    Confirmations confirmations,
    Resets resets,
    LinkSignIns links,
    CodeSignIns codes,
    AddressChanges addresses,
    Strangers strangers,
    Departures departures,
    Unlocks unlocks) {
  /// The flows of some accounts.
  public static Flows of(Accounts accounts) {
    var asked = new Asked(accounts.base(), accounts.tools().random());
    var entry = new Entry(accounts);
    var presence = new Presence(accounts);
    return new Flows(
        new Confirmations(accounts),
        new Resets(accounts, asked),
        new LinkSignIns(accounts, asked, entry),
        new CodeSignIns(accounts, asked, entry),
        new AddressChanges(accounts, presence),
        new Strangers(accounts, presence),
        new Departures(accounts, presence),
        new Unlocks(accounts.base(), accounts.tools().random()));
  }
}

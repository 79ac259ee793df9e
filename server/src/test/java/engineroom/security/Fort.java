package engineroom.security;

/// A model with everything in it that must stay where it is.
final class Fort {
  /// Hidden fields are called `quorvash`, those that a rule keeps `zandrill`: near to no name.
  static final String MODEL =
      """
      engineroom: 1
      name: Fort
      accounts: { anonymous: true }
      settings: { rates: { credentials: 1000/1s } }
      roles:
        staff: { when: "email.endsWith('@shop.example') && emailVerified" }
        clerk: { administers: [note] }
        chief: { includes: [administrator] }
      entities:
        user:
          fields:
            nick: text?
            rank: { type: integer?, readOnly: true }
            quorvash: { type: text?, hidden: true }
            zandrill: { type: text?, search: true }
          access:
            read: caller.signedIn && id == caller.id
            update: caller.signedIn && id == caller.id
            fields:
              zandrill: { read: "caller.is('staff')", write: "caller.is('staff')" }
        folder:
          fields:
            title: { type: text, search: true }
            owner: { type: user?, set: caller.id, inverse: folders }
          access:
            read: caller.signedIn && owner == caller.id
            write: caller.signedIn && owner == caller.id
        note:
          history: true
          trash: 30d
          fields:
            code: { type: text?, unique: true }
            text: { type: text, search: true }
            by: { type: user?, set: caller.id, inverse: notes }
            folder: { type: folder?, inverse: notes }
            cabinet: { type: cabinet?, inverse: kept }
            whole: { type: note?, inverse: parts }
            quorvash: { type: text?, hidden: true, search: true }
            zandrill: { type: text?, search: true }
            pin: secret?
            made: { type: integer, default: 7, readOnly: true }
          access:
            read: caller.signedIn && by == caller.id
            create: caller.signedIn
            update: caller.signedIn && by == caller.id
            delete: caller.signedIn && by == caller.id
            fields:
              zandrill: { read: "caller.is('staff')", write: "caller.is('staff')" }
        cabinet:
          fields:
            label: { type: text, search: true }
            quorvash: { type: text?, hidden: true }
      """;

  private Fort() {}
}

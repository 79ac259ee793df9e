package engineroom.server;

import engineroom.authorize.Grants;
import engineroom.door.openapi.Sight;
import engineroom.expression.Expression;
import engineroom.operation.Caller;
import java.util.Set;

/// What one caller may ever do, read off their rights; equal for callers with the same rights.
record CallerSight(Grants grants, boolean explains)
    implements Sight, engineroom.door.graphql.schema.Sight {
  static CallerSight of(Grants grants, Caller caller) {
    return new CallerSight(grants, caller.administrator());
  }

  @Override
  public boolean reads(String entity) {
    return grants.on(entity).reads();
  }

  @Override
  public boolean creates(String entity) {
    return ever(grants.on(entity).create());
  }

  @Override
  public boolean updates(String entity) {
    return ever(grants.on(entity).update());
  }

  @Override
  public boolean deletes(String entity) {
    return ever(grants.on(entity).delete());
  }

  private static boolean ever(Expression rule) {
    return !rule.equals(Expression.FALSE);
  }

  @Override
  public Set<String> readable(String entity) {
    return grants.names(entity);
  }

  @Override
  public Set<String> writable(String entity) {
    return grants.writable(entity);
  }

  @Override
  public boolean all(String entity) {
    return grants.on(entity).read().equals(Expression.TRUE);
  }

  @Override
  public boolean always(String entity, String field) {
    return grants.on(entity).readOf(field).equals(Expression.TRUE);
  }
}

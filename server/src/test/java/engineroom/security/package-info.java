/// What security rests on, generated over every route, credential, field and caller there is.
/// `docs/security.md` names the tests.
@NullMarked
package engineroom.security;

import org.jspecify.annotations.NullMarked;

/// HTTP as doors see it; the only package that knows the HTTP library.
@NullMarked
package engineroom.http;

import org.jspecify.annotations.NullMarked;

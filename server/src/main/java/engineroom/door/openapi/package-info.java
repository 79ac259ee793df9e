/// The OpenAPI document of the owner's model, and the page that shows it.
@NullMarked
package engineroom.door.openapi;

import org.jspecify.annotations.NullMarked;

/// REST: reads HTTP requests into operations and writes outcomes back.
@NullMarked
package engineroom.door.rest;

import org.jspecify.annotations.NullMarked;

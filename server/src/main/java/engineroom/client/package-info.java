/// Requests that the program itself sends: to a server, or to an app whose database it has opened.
@NullMarked
package engineroom.client;

import org.jspecify.annotations.NullMarked;

/// A client in TypeScript: an npm package.
@NullMarked
package engineroom.generate.typescript;

import org.jspecify.annotations.NullMarked;

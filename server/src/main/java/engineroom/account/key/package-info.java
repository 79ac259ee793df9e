/// What an API key is good for: which entities, from where, and how often.
@NullMarked
package engineroom.account.key;

import org.jspecify.annotations.NullMarked;

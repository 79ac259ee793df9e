/// How often somebody may ask, and how often somebody may guess.
@org.jspecify.annotations.NullMarked
package engineroom.throttle;

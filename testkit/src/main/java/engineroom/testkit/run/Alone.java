package engineroom.testkit.run;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/// Tests that say how long something takes, or start and kill many programs: the build runs them
/// one class after another, when the others, two at a time, are done.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag(Alone.TAG)
public @interface Alone {
  /// By which the build knows them.
  String TAG = "alone";
}

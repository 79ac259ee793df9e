package engineroom.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// What the program does not do, by what its classes use: talk to others but by mail, start
/// programs, read objects, and guessable chance where it counts.
class OutboundTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("engineroom");

  @Test
  void only_mails_and_the_commands_client_open_connections() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "engineroom.mail..",
            "engineroom.client..",
            "engineroom.testkit..",
            "engineroom.bench..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(HttpClient.class, URLConnection.class, HttpURLConnection.class)
        .orShould()
        .callConstructor(Socket.class)
        .orShould()
        .callConstructor(Socket.class, String.class, int.class)
        .orShould()
        .callMethod(URL.class, "openStream")
        .because("nobody is asked who is not named in the model")
        .check(CLASSES);
  }

  @Test
  void no_program_is_started_while_serving() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "engineroom.door..", "engineroom.account..", "engineroom.http..", "engineroom.json..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ProcessBuilder.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class)
        .because("a request starts nothing, and is data and nothing else")
        .check(CLASSES);
  }

  @Test
  void what_must_not_be_guessed_comes_from_a_secure_generator() {
    noClasses()
        .that()
        .resideInAnyPackage("engineroom.account..", "engineroom.door.auth..", "engineroom.audit..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ThreadLocalRandom.class)
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(Random.class, long.class)
        .because("tokens and codes must not be guessed")
        .check(CLASSES);
  }
}

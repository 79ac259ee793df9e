package engineroom.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who may see whom. Each rule keeps one promise of the architecture.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("engineroom");

  private static final List<String> CORE =
      List.of(
          "problem",
          "data",
          "expression",
          "model",
          "operation",
          "authorize",
          "plan",
          "outcome",
          "store",
          "explain",
          "migrate");

  @Test
  void sees_our_classes_so_that_it_can_not_check_nothing() {
    assertThat(CLASSES.size()).isGreaterThan(150);
    for (var name : List.of("problem", "data", "expression", "model", "operation", "http", "cli")) {
      assertThat(CLASSES.stream().anyMatch(c -> c.getPackageName().equals("engineroom." + name)))
          .as("classes in engineroom." + name)
          .isTrue();
    }
  }

  @Test
  void a_package_of_core_uses_only_those_before_it() {
    for (int i = 0; i < CORE.size(); i++) {
      var later = CORE.subList(i + 1, CORE.size()).stream().map(n -> "engineroom." + n).toList();
      if (!later.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage("engineroom." + CORE.get(i))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later.toArray(String[]::new))
            .because("the packages are the way of one operation, and it has one direction")
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void core_uses_nothing_but_the_jdk_and_its_two_libraries() {
    var packages = CORE.stream().map(n -> "engineroom." + n + "..").toArray(String[]::new);
    noClasses()
        .that(resideInAnyPackage(packages))
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("engineroom..", "java..", "org.jspecify..", "com.google.re2j..")
        .because("core is what stores and doors are written against")
        .check(CLASSES);
  }

  @Test
  void only_one_package_knows_each_library() {
    alone("engineroom.http", "io.helidon..");
    alone("engineroom.json", "tools.jackson..");
    alone("engineroom.modelfile..", "org.snakeyaml..");
    alone("engineroom.cli", "org.apache.commons.cli..");
    alone("engineroom.account.token", "com.nimbusds..");
    alone("engineroom.account.password", "org.bouncycastle..");
    alone("engineroom.door.graphql..", "graphql..");
    alone("engineroom.mail", "jakarta.mail..");
    alone("engineroom.mail", "org.eclipse.angus..");
    alone("engineroom.mail", "io.pebbletemplates..");
    alone("engineroom.stores..", "java.sql..");
    alone("engineroom.stores..", "org.sqlite..");
    alone("engineroom.stores.postgres", "org.postgresql..");
    alone("engineroom.stores.mariadb", "org.mariadb..");
    alone("engineroom.stores.session", "com.zaxxer..");
  }

  @Test
  void doors_see_neither_plans_nor_stores() {
    noClasses()
        .that()
        .resideInAPackage("engineroom.door..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "engineroom.plan", "engineroom.store", "engineroom.stores..", "engineroom.authorize")
        .because("a door translates; what may be done is decided behind it, once")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void one_class_of_the_server_knows_which_databases_there_are() {
    noClasses()
        .that()
        .resideOutsideOfPackages("engineroom.stores..", "engineroom.bench")
        .and()
        .doNotHaveSimpleName("AppData")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("engineroom.stores.postgres..", "engineroom.stores.mariadb..")
        .because("the program stands on any database, and asks it only what each of them can do")
        .check(CLASSES);
  }

  @Test
  void what_keeps_secrets_knows_neither_the_engine_nor_http() {
    noClasses()
        .that()
        .resideInAnyPackage("engineroom.account.password", "engineroom.account.token")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "engineroom.account.password",
            "engineroom.account.token",
            "engineroom.problem",
            "engineroom.system",
            "engineroom.json",
            "java..",
            "javax.crypto..",
            "org.jspecify..",
            "com.nimbusds..",
            "org.bouncycastle..")
        .because("hashes and signatures are judged by what goes in and comes out, and by no row")
        .check(CLASSES);
  }

  private static void alone(String owner, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(owner)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(library + " can be replaced when only " + owner + " knows it")
        .check(CLASSES);
  }
}

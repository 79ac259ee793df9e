/// What administrators ask of the program itself, apart from the app's rows.
@org.jspecify.annotations.NullMarked
package engineroom.door.admin;

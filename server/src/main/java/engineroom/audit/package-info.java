/// Who did what, when and how, in a chain that shows when somebody changed it afterwards.
@org.jspecify.annotations.NullMarked
package engineroom.audit;

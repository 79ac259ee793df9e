/** The rows of {{name}}: records, what creates and changes them, and what they are asked for by. */
package {{package}};

/** What clients of all models share: connections, questions, problems, and JSON. */
package {{package}}.client;

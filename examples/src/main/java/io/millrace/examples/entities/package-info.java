/**
 * The classic first example, on the typed API: create, update and delete entities, list them and get one. Commands go to
 * the write side, which knows only what exists and in which version; questions go to a read model. Start reading at
 * {@link io.millrace.examples.entities.EntityService}.
 */
package io.millrace.examples.entities;

/**
 * The query side: projections, checkpoints, rebuilds and read models.
 *
 * @serial exclude
 */
package io.millrace.projections;

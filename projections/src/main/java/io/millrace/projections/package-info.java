/** The query side: projections, checkpoints, rebuilds and read models. */
package io.millrace.projections;

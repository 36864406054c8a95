/** Drives state machines and projections in tests, without ring, threads or files. */
package io.millrace.examples.driver;

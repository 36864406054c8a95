/** What a measurement hands in ({@link io.millrace.benchmarks.report.Result}) and the pages made of all of them. */
package io.millrace.benchmarks.report;

/** Crash images: what a disk may hold when the machine went down, page by page, opened by the real journal. */
package io.millrace.faults.images;

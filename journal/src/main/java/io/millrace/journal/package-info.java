/** The journal: append, force, read, replay, recovery, retention and snapshot files. */
package io.millrace.journal;

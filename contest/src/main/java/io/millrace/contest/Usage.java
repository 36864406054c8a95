package io.millrace.contest;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a process has used.
 *
 * @param elapsedNs of wall-clock time
 * @param cpuNs of processors, by all threads of the process, those of the virtual machine included
 * @param allocatedBytes on the heap, by the Java threads that live
 */
public record Usage(long elapsedNs, long cpuNs, long allocatedBytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Up to now. */
    public static Usage now() {
        long allocated = 0;
        for (final long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new Usage(System.nanoTime(), SYSTEM.getProcessCpuTime(), allocated);
    }

    /** What was used between a moment and this one. */
    public Usage since(final Usage start) {
        return new Usage(elapsedNs - start.elapsedNs, cpuNs - start.cpuNs, allocatedBytes - start.allocatedBytes);
    }
}

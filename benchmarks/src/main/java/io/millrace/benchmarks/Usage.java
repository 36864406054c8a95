package io.millrace.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What all Java threads that live have used up to now.
 *
 * @param allocatedBytes on the heap
 * @param cpuNs of processors
 */
record Usage(long allocatedBytes, long cpuNs) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Usage now() {
        final long[] ids = THREADS.getAllThreadIds();
        long allocated = 0;
        for (final long bytes : THREADS.getThreadAllocatedBytes(ids)) {
            allocated += Math.max(0, bytes);
        }
        long cpu = 0;
        for (final long nanoseconds : THREADS.getThreadCpuTime(ids)) {
            cpu += Math.max(0, nanoseconds);
        }
        return new Usage(allocated, cpu);
    }

    Usage since(final Usage start) {
        return new Usage(allocatedBytes - start.allocatedBytes, cpuNs - start.cpuNs);
    }
}

package io.millrace.faults.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A file system of our own in a file, mounted through a loop device, or one in memory with a limit. */
final class LoopMount implements AutoCloseable {
    private static final int UNMOUNT_TRIES = 50;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Those that are mounted now, for a process that is told to end. */
    private static final Set<LoopMount> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LoopMount::detachAll, "millrace-faults-unmount"));
    }

    private final Path image;
    private final Path point;
    private final String loop;
    private boolean mounted;

    private LoopMount(final Path image, final Path point, final String loop) {
        this.image = image;
        this.point = point;
        this.loop = loop;
    }

    /** Why it cannot be done here, or null. */
    static String missing(final String type) {
        if (!Shell.isRoot()) {
            return "needs root to mount";
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            return "needs loop devices";
        }
        return Shell.has("mkfs." + type) ? null : "needs mkfs." + type;
    }

    /** Makes and mounts a file system of a type, in files beside the mount point. */
    static LoopMount create(final Path point, final String type, final long bytes) throws IOException {
        Files.createDirectories(point);
        final Path image = point.resolveSibling(point.getFileName() + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        if ("ext4".equals(type)) {
            Shell.run("mkfs.ext4", "-qF", "-m0", "-Elazy_itable_init=0", image.toString());
        } else {
            Shell.run("mkfs." + type, "-qf", image.toString());
        }
        final LoopMount mount = new LoopMount(image, point, Shell.run("losetup", "-f", "--show", image.toString()));
        mount.closeOnFailure();
        return mount;
    }

    /** Mounts a file system in memory. */
    static LoopMount inMemory(final Path point, final long bytes) throws IOException {
        Files.createDirectories(point);
        Shell.run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", point.toString());
        final LoopMount mount = new LoopMount(null, point, null);
        mount.mounted = true;
        OPEN.add(mount);
        return mount;
    }

    private void closeOnFailure() throws IOException {
        try {
            mount();
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    Path point() {
        return point;
    }

    void mount() throws IOException {
        Shell.run("mount", loop, point.toString());
        mounted = true;
        OPEN.add(this);
    }

    /** A process that was killed can keep it busy for a moment. */
    void unmount() throws IOException {
        for (int i = 0; i < UNMOUNT_TRIES; i++) {
            if (Shell.tryRun("umount", point.toString())) {
                mounted = false;
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        throw new IOException("file system must be unmountable: " + point);
    }

    private static void detachAll() {
        for (final LoopMount mount : OPEN) {
            Shell.tryRun("umount", "-l", mount.point.toString());
            if (mount.loop != null) {
                Shell.tryRun("losetup", "-d", mount.loop);
            }
        }
    }

    /** Whatever happens, nothing stays mounted. */
    @Override
    public void close() throws IOException {
        if (mounted && !Shell.tryRun("umount", point.toString())) {
            Shell.tryRun("umount", "-l", point.toString());
        }
        mounted = false;
        OPEN.remove(this);
        if (loop != null) {
            Shell.tryRun("losetup", "-d", loop);
            Files.deleteIfExists(image);
        }
        Files.deleteIfExists(point);
    }
}

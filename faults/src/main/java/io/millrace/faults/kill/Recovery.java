package io.millrace.faults.kill;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineFailedException;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The judge of a journal after a fault: recovers it in this process, twice, and compares with what was acknowledged.
 * Each recovery has a thread group of its own, by which threads that stay behind are found.
 */
public final class Recovery {
    private static final long LIMIT_MS = TimeUnit.NANOSECONDS.toMillis(WorkOptions.MAX_WAIT_NS);

    /** What must not be there when nobody has the journal open. */
    private static final List<String> TEMPORARY = List.of(".new", ".tmp", "rebuild");

    private final WorkOptions options;
    private final AckFile acks;
    private final Durability level;
    private final long[] requests = new long[AckFile.CLIENTS + 1];
    private long stateHash;

    private Recovery(final WorkOptions options, final AckFile acks, final Durability level) {
        this.options = options;
        this.acks = acks;
        this.level = level;
    }

    /** Recovers the journal itself. The level is what the fault spares. */
    public static Verdict check(final WorkOptions options, final AckFile acks, final Durability level) {
        final Recovery first = new Recovery(options, acks, level);
        final Verdict verdict = first.withinLimit();
        if (!verdict.isGood()) {
            return verdict;
        }
        final Recovery second = new Recovery(options, acks, level);
        final Verdict again = second.withinLimit();
        if (again.isGood()
                && (first.stateHash != second.stateHash || !Arrays.equals(first.requests, second.requests))) {
            return new Verdict(Verdict.Kind.SILENT, "a second recovery must give the same: " + first + ", " + second);
        }
        return again;
    }

    /** Recovers a copy, so that the next process finds the journal as the fault left it. */
    public static Verdict checkCopy(
            final WorkOptions options, final AckFile acks, final Durability level, final Path copy) throws IOException {
        copyAs(options.directory(), copy);
        final Verdict verdict = check(options.at(copy), acks, level);
        if (verdict.isGood()) {
            deleteTree(copy);
        }
        return verdict;
    }

    /** As {@link #checkAndForget}, of a copy, for what a power loss spares. */
    static Verdict checkCopyAndForget(final WorkOptions options, final AckFile acks, final Path copy)
            throws IOException {
        copyAs(options.directory(), copy);
        final Verdict verdict = checkAndForget(options.at(copy), acks, Durability.SYNCED);
        if (verdict.isGood()) {
            deleteTree(copy);
        }
        return verdict;
    }

    /** As {@link #check}; then the clients go on behind what is there, for what is lost will be published again. */
    public static Verdict checkAndForget(final WorkOptions options, final AckFile acks, final Durability level) {
        final Verdict verdict = check(options, acks, level);
        if (verdict.isGood()) {
            final WorkMachine machine = new WorkMachine();
            Engine.launch(options.engine(), machine).close();
            for (int client = 1; client <= AckFile.CLIENTS; client++) {
                acks.forget(client, machine.lastRequest(client));
            }
        }
        return verdict;
    }

    /** Makes a copy that takes itself for the journal. */
    static void copyAs(final Path journal, final Path copy) throws IOException {
        deleteTree(copy);
        copyTree(journal, copy);
        LockText.adopt(copy);
    }

    private Verdict withinLimit() {
        final ThreadGroup group = new ThreadGroup("millrace-faults-recovery");
        final AtomicReference<Verdict> verdict = new AtomicReference<>();
        final Thread thread = new Thread(group, () -> verdict.set(recover()), "millrace-faults-recovery");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LIMIT_MS + TimeUnit.NANOSECONDS.toMillis(options.closeTimeoutNs()));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (verdict.get() == null) {
            return new Verdict(Verdict.Kind.HUNG, "recovery must end: " + Arrays.toString(thread.getStackTrace()));
        }
        return verdict.get().isGood() ? checkLeftovers(group) : verdict.get();
    }

    private Verdict recover() {
        final WorkMachine machine = new WorkMachine();
        try {
            final Engine engine = Engine.launch(options.engine(), machine);
            stateHash = engine.stateHash().join();
            engine.close();
        } catch (final JournalException | EngineFailedException e) {
            return new Verdict(Verdict.Kind.REFUSED, e.toString());
        } catch (final Throwable e) {
            return new Verdict(Verdict.Kind.SILENT, "what was journaled must replay: " + e);
        }
        return compare(machine);
    }

    private Verdict compare(final WorkMachine machine) {
        for (int client = 1; client <= AckFile.CLIENTS; client++) {
            final long found = machine.lastRequest(client);
            requests[client] = found;
            if (found < acks.acked(client, level)) {
                return new Verdict(Verdict.Kind.LOST, said(client, "acknowledged", acks.acked(client, level), found));
            }
            if (found > acks.published(client)) {
                return new Verdict(Verdict.Kind.SILENT, said(client, "published", acks.published(client), found));
            }
        }
        return machine.isWhole()
                ? Verdict.recovered()
                : new Verdict(Verdict.Kind.SILENT, "commands must be whole: " + this);
    }

    private String said(final int client, final String what, final long number, final long found) {
        return "client=" + client + ", " + what + " at " + level + "=" + number + ", recovered=" + found
                + ", directory=" + options.directory();
    }

    private Verdict checkLeftovers(final ThreadGroup group) {
        final Thread[] left = new Thread[16];
        final int count = group.enumerate(left);
        for (int i = 0; i < count; i++) {
            if (left[i].getName().startsWith("millrace") && !endsSoon(left[i])) {
                return new Verdict(Verdict.Kind.SILENT, "no thread must stay behind: " + left[i]);
            }
        }
        try (Stream<Path> files = Files.list(options.directory())) {
            final List<String> temporary = files.map(file -> file.getFileName().toString())
                    .filter(name -> TEMPORARY.stream().anyMatch(name::endsWith))
                    .toList();
            return temporary.isEmpty()
                    ? Verdict.recovered()
                    : new Verdict(Verdict.Kind.SILENT, "no temporary file must stay behind: " + temporary);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean endsSoon(final Thread thread) {
        try {
            thread.join(LIMIT_MS / 10);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Copies a directory with all that is in it, if it is there. */
    public static void copyTree(final Path from, final Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Deletes a directory with all that is in it, if it is there. */
    public static void deleteTree(final Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path found, final IOException e) throws IOException {
                Files.delete(found);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public String toString() {
        return "recovered=" + Arrays.toString(requests) + ", stateHash=" + Long.toHexString(stateHash);
    }
}

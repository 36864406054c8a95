package io.millrace.faults.agent;

import static io.millrace.faults.agent.FailpointSite.ANY;

import io.millrace.faults.agent.FailpointSite.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All failpoints. A test holds that each of them names something that is there. */
public final class FailpointTable {
    private static final String JOURNAL = "io.millrace.journal.internal.";
    private static final String ENGINE = "io.millrace.engine.internal.";
    private static final String PROJECTIONS = "io.millrace.projections.internal.";

    /** In the order of their indexes. */
    public static final List<FailpointSite> SITES = new Table().all();

    /** Classes that have any. */
    public static final Set<String> CLASS_NAMES =
            SITES.stream().map(FailpointSite::className).collect(Collectors.toUnmodifiableSet());

    private static final Map<String, Integer> INDEXES = new HashMap<>();

    static {
        for (int i = 0; i < SITES.size(); i++) {
            if (INDEXES.put(SITES.get(i).name(), i) != null) {
                throw new IllegalStateException("failpoint must be there once: " + SITES.get(i));
            }
        }
    }

    private FailpointTable() {}

    /** Index of a failpoint by its name. */
    public static int indexOf(final String name) {
        final Integer index = INDEXES.get(name);
        if (index == null) {
            throw new IllegalArgumentException("failpoint must be in the table: " + name);
        }
        return index;
    }

    /** Writes the table, part by part. */
    private static final class Table {
        private final List<FailpointSite> sites = new ArrayList<>();
        private String className;

        private List<FailpointSite> all() {
            appending();
            forcing();
            opening();
            files();
            closing();
            engine();
            engineEnds();
            projections();
            return List.copyOf(sites);
        }

        private void appending() {
            className = JOURNAL + "ChronicleJournal";
            enter("journal.append.enter", "append");
            exit("journal.append.after-check", "checkCommit");
            before("journal.append.before-watermark", "append", "Watermark.setRelease");
            exit("journal.append.exit", "append");
            enter("roll.note-cycle", "noteCycle");
            className = JOURNAL + "CommitWriter";
            enter("journal.write.enter", "write");
            enter("journal.write.after-header", "checkPlace");
            exit("journal.write.before-crc", "putEnvelope");
            before("journal.write.before-publish", "write", "DocumentContext.close");
            after("journal.write.after-publish", "write", "DocumentContext.close");
            className = JOURNAL + "CycleFiles";
            enter("roll.cycle.enter", "onCycle");
            exit("roll.cycle.exit", "onCycle");
            className = JOURNAL + "PageToucher";
            enter("space.start", "run");
            enter("space.cycle", "onCycle");
        }

        private void forcing() {
            className = JOURNAL + "ChronicleJournal";
            enter("force.enter", "force");
            before("force.before-watermark", "force", "Watermark.setRelease");
            exit("force.exit", "force");
            className = JOURNAL + "CycleFiles";
            before("force.before-file", "force", "AsynchronousFileChannel.force");
            after("force.after-file", "force", "AsynchronousFileChannel.force");
            enter("force.before-directory", "forceDirectory");
            exit("force.after-directory", "forceDirectory");
        }

        private void opening() {
            className = JOURNAL + "Opening";
            enter("opening.enter", "open");
            exit("opening.after-directory", "createDirectory");
            after("opening.after-lock", "open", "DirectoryLock.acquire");
            exit("opening.after-manifest", "takeManifest");
            after("opening.after-headers", "open", "CycleHeaders.check");
            exit("opening.after-metadata", "discardMetadata");
            exit("opening.after-queue", "openQueue");
            enter("opening.scan.enter", "scan");
            after("opening.scan.commit", "scan", "CommitCursor.deliver");
            exit("opening.scan.exit", "scan");
            enter("opening.raise", "raiseLastWritten");
            enter("epoch.enter", "beginEpoch");
            after("epoch.after-file-force", "beginEpoch", "CycleFiles.forceFile");
            after("epoch.after-directory-force", "beginEpoch", "CycleFiles.forceDirectory");
            exit("epoch.exit", "beginEpoch");
            exit("opening.exit", "open");
            className = JOURNAL + "ChronicleJournal";
            exit("opening.journal", "<init>");
        }

        private void files() {
            className = JOURNAL + "DirectoryLock";
            enter("lock.before-holder", "writeHolder");
            after("lock.after-truncate", "writeHolder", "FileChannel.truncate");
            after("lock.after-write", "writeHolder", "FileChannel.write");
            after("lock.after-force", "writeHolder", "FileChannel.force");
            className = JOURNAL + "Manifest";
            enter("manifest.before-write", "write");
            after("manifest.after-create", "write", "FileChannel.open");
            after("manifest.after-write", "write", "FileChannel.write");
            after("manifest.after-force", "write", "FileChannel.force");
            before("manifest.before-rename", "write", "Files.move");
            after("manifest.after-rename", "write", "Files.move");
            exit("manifest.after-directory", "write");
        }

        private void closing() {
            className = JOURNAL + "ChronicleJournal";
            enter("close.enter", "close");
            enter("close.release", "release");
            exit("close.exit", "close");
            className = JOURNAL + "PageToucher";
            exit("close.after-space", "close");
            className = JOURNAL + "CycleFiles";
            enter("close.before-files", "close");
            exit("close.after-files", "close");
            className = JOURNAL + "DirectoryLock";
            enter("close.before-unlock", "close");
            exit("close.after-unlock", "close");
        }

        private void engine() {
            className = ENGINE + "RingPublisher";
            exit("engine.publish.claimed", "claim");
            className = ENGINE + "DecideStep";
            enter("engine.decide.enter", "decide");
            exit("engine.decide.exit", "decide");
            enter("engine.apply.enter", "applyEvents");
            after("engine.apply.each", "applyEvents", "DecideStep.apply");
            exit("engine.apply.exit", "applyEvents");
            className = ENGINE + "JournalStep";
            enter("engine.journal.append.enter", "append");
            exit("engine.journal.append.exit", "append");
            className = ENGINE + "OutcomeStep";
            enter("engine.outcome.enter", "sendUpTo");
            exit("engine.outcome.exit", "sendUpTo");
            className = ENGINE + "OutcomeSender";
            enter("engine.send.enter", "send");
            exit("engine.send.exit", "send");
            className = ENGINE + "PendingOutcomes";
            enter("engine.pending.add.enter", "add");
            exit("engine.pending.add.exit", "add");
            enter("engine.pending.complete.enter", "completeSynced");
            exit("engine.pending.complete.exit", "completeSynced");
            className = ENGINE + "ForceAgent";
            enter("engine.force.enter", "forceJournal");
            exit("engine.force.exit", "forceJournal");
        }

        private void engineEnds() {
            className = ENGINE + "DisruptorEngine";
            exit("engine.launch.built", "<init>");
            enter("engine.launch.start", "start");
            exit("engine.launch.started", "start");
            enter("engine.close.enter", "closeOnce");
            exit("engine.close.drained", "awaitDrained");
            exit("engine.close.threads", "awaitThreads");
            before("engine.close.before-journal", "closeOnce", "Journal.close");
            after("engine.close.after-journal", "closeOnce", "Journal.close");
        }

        private void projections() {
            className = PROJECTIONS + "Member";
            enter("projection.apply.enter", "apply");
            exit("projection.apply.exit", "apply");
            exit("projection.batch.exit", "endBatch");
            className = PROJECTIONS + "Progress";
            enter("projection.progress.enter", "publish");
        }

        private void enter(final String name, final String method) {
            sites.add(new FailpointSite(name, className, method, ANY, Where.ENTER, null));
        }

        private void exit(final String name, final String method) {
            sites.add(new FailpointSite(name, className, method, ANY, Where.EXIT, null));
        }

        private void before(final String name, final String method, final String call) {
            sites.add(new FailpointSite(name, className, method, ANY, Where.BEFORE_CALL, call));
        }

        private void after(final String name, final String method, final String call) {
            sites.add(new FailpointSite(name, className, method, ANY, Where.AFTER_CALL, call));
        }
    }
}

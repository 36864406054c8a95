package io.millrace.faults.agent;

import java.util.List;

/** The failpoints of the journal. */
final class JournalSites {
    private final Sites sites = new Sites("io.millrace.journal.internal");

    private JournalSites() {}

    static List<FailpointSite> all() {
        final JournalSites journal = new JournalSites();
        journal.appending();
        journal.rolling();
        journal.forcing();
        journal.opening();
        journal.beginningAnEpoch();
        journal.cutting();
        journal.files();
        journal.retention();
        journal.closing();
        return journal.sites.all();
    }

    private void appending() {
        sites.in("ChronicleJournal")
                .enter("journal.append.enter", "append")
                .exit("journal.append.after-check", "checkCommit")
                .exit("journal.append.after-room", "makeRoom")
                .before("journal.append.before-watermark", "append", "Watermark.setRelease")
                .exit("journal.append.exit", "append");
        sites.in("CommitWriter")
                .enter("journal.write.enter", "write")
                .enter("journal.write.after-header", "checkPlace")
                .exit("journal.write.before-crc", "putEnvelope")
                .before("journal.write.before-publish", "write", "DocumentContext.close")
                .after("journal.write.after-publish", "write", "DocumentContext.close");
        sites.in("RecordWriter")
                .enter("journal.records.enter", "write")
                .after("journal.records.after-write", "write", "RecordWriter.writeFully")
                .exit("journal.records.exit", "write");
    }

    private void rolling() {
        sites.in("ChronicleJournal")
                .after("roll.after-space", "makeRoom", "CycleSpace.prepareRoll")
                .exit("roll.before-end-of-file", "makeRoom")
                .enter("roll.register.enter", "registerCycle")
                .exit("roll.register.exit", "registerCycle");
        sites.in("CycleFiles").enter("roll.file.enter", "onCycle").exit("roll.file.exit", "onCycle");
        sites.in("CycleList").enter("roll.list.enter", "roll").exit("roll.list.exit", "roll");
        sites.in("CycleSpace")
                .enter("space.start", "run")
                .enter("space.prepare.enter", "prepareOnce")
                .exit("space.prepare.exit", "prepareOnce")
                .after("space.after-allocate", "giveSpace", "Allocation.allocate")
                .enter("space.warm.enter", "warm")
                .after("space.warm.after-zeros", "warm", "PieceFiller.fill")
                .after("space.warm.after-reserve", "warmReserve", "PieceFiller.fill")
                .enter("space.reserve.enter", "makeReserve")
                .after("space.reserve.after-create", "makeReserve", "Files.createFile")
                .after("space.reserve.after-allocate", "makeReserve", "Allocation.allocate")
                .exit("space.reserve.exit", "makeReserve")
                .enter("roll.reserve.enter", "prepareRoll")
                .before("roll.reserve.before-rename", "prepareRoll", "Files.move")
                .after("roll.reserve.after-rename", "prepareRoll", "Files.move");
        sites.in("PageToucher").enter("space.touch.enter", "touch").exit("space.touch.exit", "touch");
    }

    private void forcing() {
        sites.in("ChronicleJournal")
                .enter("force.enter", "force")
                .after("force.after-point", "forceLocked", "ForcePoint.read")
                .after("force.after-files", "forceLocked", "CycleFiles.force")
                .after("force.after-list", "forceLocked", "ChronicleJournal.listCycles")
                .before("force.before-watermark", "forceLocked", "Watermark.setRelease")
                .exit("force.exit", "forceLocked")
                .enter("watermark.before-store", "storeWatermark")
                .after("watermark.after-store", "storeWatermark", "WatermarkFile.store")
                .after("watermark.after-force", "storeWatermark", "WatermarkFile.force")
                .after("manifest.after-list", "listCycles", "Manifest.tryWrite");
        sites.in("CycleFiles")
                .before("force.before-file", "force", "AsynchronousFileChannel.force")
                .after("force.after-file", "force", "AsynchronousFileChannel.force")
                .enter("force.before-directory", "forceDirectory")
                .exit("force.after-directory", "forceDirectory")
                .enter("force.drop-file", "dropFirst");
        sites.in("WatermarkFile")
                .before("watermark.within-store", "store", "WatermarkFile.crc")
                .after("watermark.before-crc", "store", "WatermarkFile.crc");
    }

    private void opening() {
        sites.in("Opening")
                .enter("opening.enter", "open")
                .exit("opening.after-directory", "createDirectory")
                .after("opening.after-lock", "open", "DirectoryLock.acquire")
                .after("opening.after-contents", "open", "DirectoryContents.check")
                .exit("opening.after-manifest", "takeManifest")
                .after("opening.discard.after-manifest", "discardLeftovers", "Files.deleteIfExists")
                .after("opening.discard.after-rebuild", "discardLeftovers", "TailCut.discardRebuild")
                .exit("opening.discard.exit", "discardLeftovers")
                .enter("opening.scan.enter", "recover")
                .after("opening.scan.after-run", "recover", "ScanAhead.run")
                .exit("opening.scan.exit", "recover")
                .enter("opening.scan.commit", "onCommit")
                .enter("opening.blank-files", "deleteBlankFiles")
                .after("opening.after-queue", "openQueue", "Opening.unlessDamaged")
                .enter("opening.raise.enter", "raiseLastWritten")
                .exit("opening.raise.exit", "raiseLastWritten")
                .exit("opening.exit", "open");
        sites.in("JournalScan").enter("opening.scan.file", "read");
        sites.in("ChronicleJournal").enter("opening.start", "start").exit("opening.journal", "<init>");
    }

    private void beginningAnEpoch() {
        sites.in("Opening")
                .enter("epoch.enter", "beginEpoch")
                .after("epoch.after-file-force", "beginEpoch", "CycleFiles.forceFile")
                .after("epoch.after-directory-force", "beginEpoch", "CycleFiles.forceDirectory")
                .after("epoch.after-watermark-open", "beginEpoch", "WatermarkFile.open")
                .after("epoch.after-watermark-store", "beginEpoch", "WatermarkFile.store")
                .after("epoch.after-watermark-force", "beginEpoch", "WatermarkFile.force")
                .after("epoch.after-manifest", "beginEpoch", "Manifest.write")
                .after("epoch.after-holder", "beginEpoch", "DirectoryLock.nameHolder")
                .exit("epoch.exit", "beginEpoch");
    }

    private void cutting() {
        sites.in("TailCut")
                .enter("cut.enter", "run")
                .after("cut.after-directory", "run", "PrivateFiles.createDirectory")
                .enter("cut.keep.enter", "keepBytes")
                .after("cut.keep.after-write", "keepBytes", "FileChannel.write")
                .after("cut.keep.after-force", "keepBytes", "FileChannel.force")
                .exit("cut.keep.exit", "keepBytes")
                .enter("cut.move.enter", "moveFilesFrom")
                .enter("cut.report.enter", "writeReport")
                .after("cut.report.after-force", "writeReport", "FileChannel.force")
                .exit("cut.report.exit", "writeReport")
                .enter("cut.rebuild.enter", "rebuild")
                .after("cut.rebuild.after-create", "writeCommits", "Files.createFile")
                .after("cut.rebuild.after-allocate", "writeCommits", "Allocation.allocate")
                .after("cut.rebuild.each-commit", "writeCommits", "InternalAppender.writeBytes")
                .exit("cut.rebuild.after-commits", "writeCommits")
                .exit("cut.rebuild.after-check", "checkRebuilt")
                .after("cut.rebuild.after-force", "rebuild", "CycleFiles.forceFile")
                .after("cut.rebuild.after-rename", "rebuild", "Files.move")
                .after("cut.rebuild.after-directory", "rebuild", "CycleFiles.forceDirectory")
                .exit("cut.rebuild.exit", "rebuild")
                .exit("cut.exit", "run");
    }

    private void files() {
        sites.in("DirectoryLock")
                .after("lock.after-open", "acquire", "FileChannel.open")
                .after("lock.after-lock", "lock", "DirectoryLock.tryLock")
                .enter("lock.before-holder", "nameHolder")
                .after("lock.after-write", "nameHolder", "DirectoryLock.write")
                .after("lock.after-force", "nameHolder", "FileChannel.force");
        sites.in("Manifest")
                .enter("manifest.before-write", "tryWrite")
                .after("manifest.after-create", "tryWrite", "Files.createFile")
                .after("manifest.after-write", "tryWrite", "FileOutputStream.write")
                .after("manifest.after-force", "tryWrite", "FileDescriptor.sync")
                .before("manifest.before-rename", "tryWrite", "Files.move")
                .after("manifest.after-rename", "tryWrite", "Files.move")
                .exit("manifest.after-directory", "tryWrite");
    }

    private void retention() {
        sites.in("ChronicleJournal")
                .enter("retention.enter", "deleteBefore")
                .enter("retention.delete.enter", "delete")
                .after("retention.after-manifest", "delete", "Manifest.tryWrite")
                .before("retention.before-file", "delete", "Files.delete")
                .after("retention.after-file", "delete", "Files.delete")
                .after("retention.after-directory", "delete", "CycleFiles.forceDirectory")
                .exit("retention.delete.exit", "delete");
    }

    private void closing() {
        sites.in("ChronicleJournal")
                .enter("close.enter", "close")
                .enter("close.before-force", "forceFinally")
                .exit("close.after-force", "forceFinally")
                .enter("close.release", "release")
                .exit("close.exit", "close");
        sites.in("CycleSpace").exit("close.after-space", "close");
        sites.in("CycleFiles").enter("close.before-files", "close").exit("close.after-files", "close");
        sites.in("WatermarkFile").exit("close.after-watermark", "close");
        sites.in("DirectoryLock").enter("close.before-unlock", "close").exit("close.after-unlock", "close");
    }
}

package io.millrace.benchmarks.pages;

/** How a mapped file gets its pages before, or while, they are written to. */
enum Way {
    /** The file is a hole; each first store to a page faults it in. */
    HOLE("a hole, faulted in", false, 0),
    /** The file has blocks on the disk; each first store to a page faults it in. */
    ALLOCATED("allocated, faulted in", true, 0),
    /** Allocated, and zeros are written ahead through the file. */
    ZEROS_64K("allocated, 64 KiB of zeros at a time", true, 64 << 10),
    /** The same in larger pieces. */
    ZEROS_256K("allocated, 256 KiB of zeros at a time", true, 256 << 10),
    /** The same. */
    ZEROS_1M("allocated, 1 MiB of zeros at a time", true, 1 << 20),
    /** The same in pieces that are huge pages, so that they enter the mapping as such where the kernel can do it. */
    ZEROS_2M("allocated, 2 MiB of zeros at a time", true, 2 << 20),
    /** A file that was full and forced, renamed and mapped again, as databases use retired log files again. */
    RECYCLED("a retired file, used again", false, 0),
    /** The same, but the file was written in pieces that are huge pages. */
    RECYCLED_2M("a retired file of huge pages, used again", false, 0),
    /** Allocated; the records are gathered and written past the mapping, which nobody touches. */
    WRITTEN_64K("allocated, records written 64 KiB at a time", true, 0);

    /** What {@link #WRITTEN_64K} gathers. */
    static final int GATHERED_BYTES = 64 << 10;

    final String title;
    final boolean allocated;
    final int zerosBytes;

    Way(final String title, final boolean allocated, final int zerosBytes) {
        this.title = title;
        this.allocated = allocated;
        this.zerosBytes = zerosBytes;
    }
}

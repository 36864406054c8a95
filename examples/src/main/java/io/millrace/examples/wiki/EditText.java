package io.millrace.examples.wiki;

/** The texts of an edit, in the order in which {@link EditFormat} has them. */
public enum EditText {
    /** The channel that announced it. */
    CHANNEL,
    /** The page's title. */
    PAGE,
    /** The editor's name. */
    USER,
    /** The page's namespace. */
    NAMESPACE,
    /** The editor's comment. */
    COMMENT;

    static final int COUNT = values().length;
}

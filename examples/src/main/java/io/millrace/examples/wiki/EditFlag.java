package io.millrace.examples.wiki;

/** What is said of an edit with yes or no. */
public enum EditFlag {
    /** Made by a bot. */
    ROBOT("isRobot"),
    /** Called minor by its editor. */
    MINOR("isMinor"),
    /** Created the page. */
    NEW("isNew"),
    /** Made by somebody who was not logged in. */
    ANONYMOUS("isAnonymous"),
    /** Not yet looked at. */
    UNPATROLLED("isUnpatrolled");

    private final String jsonName;
    private final int mask = 1 << ordinal();

    EditFlag(final String jsonName) {
        this.jsonName = jsonName;
    }

    /**
     * The name of the JSON field.
     *
     * @return the name
     */
    public String jsonName() {
        return jsonName;
    }

    /**
     * The flag's bit.
     *
     * @return a number with one bit set, the same in every journal
     */
    public int mask() {
        return mask;
    }
}

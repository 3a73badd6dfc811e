<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CauseTabs</name>
    <message>
        <source>Causes and remedies</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Checklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do here for this code.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChecklistLayout</name>
    <message>
        <source>How</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChecklistModel</name>
    <message>
        <source>So that it does not come back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>Only a guess</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>What was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work through the general checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like a card number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not searched, kept or shown. Type only the code that the screen shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing typed yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found for “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the screen once more and type exactly what it shows, or a few words of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found: “{0}”. Did you mean one of these?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are only guesses. Choose one only if the screen shows exactly that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by words: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read as {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” has {1} sources: which screen showed it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>What does the screen show?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the code or what the screen says: E1, 0x0004, 小票打不出</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier cases (Ctrl+H)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shop and settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shop&apos;s details, language, text size and colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch to English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch to Chinese</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepMenu</name>
    <message>
        <source>Write a note...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide how</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StopSignDialog</name>
    <message>
        <source>Stop: read this first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may do it: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have read this, go on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

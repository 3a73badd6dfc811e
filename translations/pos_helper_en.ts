<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Meanings</name>
    <message numerus="yes">
        <source>%n known meaning(s)</source>
        <translation>
            <numerusform>%n known meaning</numerusform>
            <numerusform>%n known meanings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PatternsPicture</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
</TS>

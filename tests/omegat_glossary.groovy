// Lets OmegaT read a glossary file and match segments with it, without its windows.
// Arguments: glossary file, an empty folder for its settings, source language, target language.
// Standard input: a JSON string a line (a segment). Standard output: first {"entries": n}, then for each segment a
// list of what OmegaT shows in its glossary pane: {"source", "targets", "comments"}.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.omegat.core.Core
import org.omegat.core.data.EntryKey
import org.omegat.core.data.NotLoadedProject
import org.omegat.core.data.ProjectProperties
import org.omegat.core.data.SourceTextEntry
import org.omegat.gui.glossary.FindGlossaryThread
import org.omegat.gui.glossary.GlossaryManager
import org.omegat.tokenizer.ITokenizer
import org.omegat.tokenizer.LuceneEnglishTokenizer
import org.omegat.tokenizer.LuceneSmartChineseTokenizer
import org.omegat.util.RuntimePreferences

def glossary = new File(args[0])
def settings = new File(args[1])
RuntimePreferences.setConfigDir(settings.path)
def properties = new ProjectProperties(settings)
properties.setSourceLanguage(args[2])
properties.setTargetLanguage(args[3])
// those that OmegaT takes for a new project
def tokenizer = args[2].startsWith("zh") ? new LuceneSmartChineseTokenizer() : new LuceneEnglishTokenizer()
Core.setProject(new NotLoadedProject() {
    ITokenizer getSourceTokenizer() { tokenizer }
    ProjectProperties getProjectProperties() { properties }
})

/** The search behind the glossary pane, without the pane that would be asked whether the translator has moved on. */
class Search extends FindGlossaryThread {
    Search(SourceTextEntry entry, GlossaryManager manager) { super(null, entry, manager) }
    protected void checkEntryChanged() { }
    List found() { search() }
}

def manager = new GlossaryManager(null)
manager.priorityGlossary = new File(settings, "own.txt")
def entries = manager.loadGlossaryFile(glossary)
manager.glossaries.put(glossary.path, entries)
System.out.println(JsonOutput.toJson([entries: entries.size()]))
System.in.eachLine("UTF-8") { line, number ->
    def key = new EntryKey("text", new JsonSlurper().parseText(line), "", "", "", "")
    def found = new Search(new SourceTextEntry(key, number, "", "", []), manager).found()
    System.out.println(JsonOutput.toJson(found.collect {
        [source: it.srcText, targets: it.getLocTerms(false) as List, comments: it.comments as List]
    }))
}

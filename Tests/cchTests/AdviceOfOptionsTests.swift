// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Messages never advise an option or a command that does not exist: every text of the sources is searched for them.
@Suite struct AdviceOfOptionsTests {
  /// The string literals of a Swift file, comments left out.
  private func literals(_ source: String) -> [Substring] {
    var texts: [Substring] = []
    var (isMultiline, isComment) = (false, false)
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == " " }
      if isMultiline {
        if bare.hasPrefix("\"\"\"") { isMultiline = false } else { texts.append(bare) }
      } else if bare.hasPrefix("//") || isComment {
        isComment = false
      } else if line.hasSuffix("\"\"\"") {
        isMultiline = true
      } else {
        if line.contains("--") || line.contains("'cch ") { texts += line.matches(of: /"((?:[^"\\]|\\.)*)"/).map(\.1) }
      }
    }
    return texts
  }

  @Test func everyOptionThatATextNamesExists() throws {
    let commands = try Commands.all()
    let all = commands.reduce(into: Set(["--help", "--version"])) { $0.formUnion($1.options) }
    let sources = Tool.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var (count, fileCount) = (0, 0)
    for case let file as URL in files where file.pathExtension == "swift" {
      // Old spellings, and what the parser itself understands, are named where they are translated.
      if ["OldSpelling.swift", "CommandGrammar.swift"].contains(file.lastPathComponent) { continue }
      // The property tester starts other programs than this tool, and names their options.
      if file.path.contains("/PropertyTesting/") || file.path.contains("/ForAll/") { continue }
      // What engines are given are options of theirs.
      if file.path.contains("/Campaigns/Engines/") { continue }
      // Style sheets write their variables so.
      if file.path.contains("/Pages/") { continue }
      let source = try String(contentsOf: file, encoding: .utf8)
      let allowed = options(of: source, file, commands) ?? all
      fileCount += 1
      for text in literals(source) where text.contains("--") || text.contains("'cch ") {
        for match in text.matches(of: /(?:^|[\s"'(\[,])(--[a-z][a-z-]*)/) {
          count += 1
          #expect(allowed.contains(String(match.1)), "\(file.lastPathComponent): \(match.1) in \(text)")
        }
        for match in text.matches(of: /'cch (help )?([a-z]+)/) {
          let words = commands.map { $0.path.first ?? "" } + ["help"]
          #expect(words.contains(String(match.2)), "\(file.lastPathComponent): \(match.0)")
        }
      }
    }
    #expect(count > 60 && fileCount > 200, "the search found \(count) in \(fileCount) files")
  }

  /// The options that texts of a file of the tool may name: of the commands that it defines, and of those that a text sends
  /// the reader to; nil for a file that defines none.
  private func options(of source: String, _ file: URL, _ commands: [Commands]) -> Set<String>? {
    guard file.pathComponents.contains("cch") else { return nil }
    let names = source.matches(of: /commandName: "([a-z]+)"/).map { String($0.1) }
    let sentTo = source.matches(of: /cch ([a-z]+)/).map { String($0.1) }
    let own = commands.filter { $0.path.contains { names.contains($0) } }
    if own.isEmpty { return nil }
    return (own + commands.filter { $0.path.contains { sentTo.contains($0) } })
      .reduce(into: Set(["--help", "--version"])) { $0.formUnion($1.options) }
  }
}

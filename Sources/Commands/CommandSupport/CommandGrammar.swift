// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import ArgumentParser
import ExactJSON
import Foundation

/// A command with its options, as the parser itself describes them.
///
/// The options are asked for one command at a time: to describe those of all commands takes many times as long as all that a
/// short command does.
package final class CommandGrammar {
  package struct Name: Decodable, Hashable {
    package let kind: String
    package let name: String

    /// As it is typed, with its dashes.
    package var typed: String { (kind == "long" ? "--" : "-") + name }
  }

  package struct Argument: Decodable {
    package let kind: String
    package let parsingStrategy: String
    package let names: [Name]?
    package let abstract: String?

    /// Whether the argument after it is its value.
    package var takesNext: Bool {
      kind == "option" && ["default", "scanningForValue", "unconditional"].contains(parsingStrategy)
    }
  }

  /// What the parser prints of a command; of its subcommands only that they are there.
  private struct Dump: Decodable {
    struct Command: Decodable { let arguments: [Argument]? }
    let command: Command
  }

  /// The name of the command.
  package let name: String
  /// Nil for the parser's own command `help`.
  private let type: (any ParsableCommand.Type)?
  private let isRoot: Bool

  private init(_ name: String, _ type: (any ParsableCommand.Type)?, isRoot: Bool = false) {
    (self.name, self.type, self.isRoot) = (name, type, isRoot)
  }

  /// The grammar of a program.
  package static func of(_ tool: (some Tool).Type) -> CommandGrammar {
    CommandGrammar(tool._commandName, tool, isRoot: true)
  }

  /// The commands in it; the parser adds `help` to those of the tool.
  package private(set) lazy var subcommands: [CommandGrammar] =
    (type?.configuration.subcommands ?? []).map { CommandGrammar($0._commandName, $0) }
    + (isRoot ? [CommandGrammar("help", nil)] : [])

  /// The options, flags and positions; nil where the parser does not tell.
  package private(set) lazy var arguments: [Argument]? = type.flatMap { type in
    try? JSONDecoder().decode(Dump.self, from: Data(type._dumpHelp().utf8)).command.arguments
  }

  package func subcommand(_ name: String) -> CommandGrammar? { subcommands.first { $0.name == name } }

  /// The option or flag that is typed so; nil where there is none.
  package func option(_ typed: String) -> Argument? {
    arguments?.first { $0.names?.contains { $0.typed == typed } ?? false }
  }

  /// The long options and flags, with their dashes; every command takes `--version`.
  package var longOptions: [String] {
    let own = (arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.typed)
    return isRoot ? own : own + ["--version"]
  }

  /// The command that a line names, by the words that were typed, and how many they are.
  ///
  /// A default subcommand counts, without a word.
  package func command(of arguments: [String]) -> (command: CommandGrammar, path: [String]) {
    var (current, path) = (self, [String]())
    for argument in arguments {
      guard let next = current.subcommand(argument) else { break }
      (current, path) = (next, path + [argument])
    }
    if let type = current.type?.configuration.defaultSubcommand, let next = current.subcommand(type._commandName) {
      current = next
    }
    return (current, path)
  }
}

/// A command line, made ready for the parser: values that begin with a dash reach their options, old spellings are replaced,
/// and what begins with a dash and is no option is refused, whatever else is wrong.
package struct PreparedLine {
  /// What the parser gets.
  package private(set) var arguments: [String]
  /// The words of the command, such as `experiment regression`.
  package let path: [String]
  /// The old spellings that were typed.
  private var replaced: [(old: String, new: String)] = []
  private let command: CommandGrammar
  /// The name of the program.
  private let program: String

  /// Prepares a line; where the parser does not describe its options it stays as it is.
  ///
  /// - Throws: ``UserError`` for an option that the command does not have, or one without its value.
  package init(_ typed: [String], of tool: (some Tool).Type) throws(UserError) {
    let grammar = CommandGrammar.of(tool)
    (command, path) = grammar.command(of: typed)
    (arguments, program) = (typed, grammar.name)
    if path.last == "help" {
      try checkHelp(typed, grammar)
      return
    }
    var rest = typed.dropFirst(path.count)
    guard rest.contains(where: { $0.hasPrefix("-") && !PreparedLine.builtIn.contains($0) }), command.arguments != nil
    else { return }
    arguments = path
    while let word = rest.popFirst() {
      if word == "--" {
        arguments += [word] + rest
        break
      }
      try take(word, &rest)
    }
    let own = arguments.prefix { $0 != "--" }
    if own.contains("--csv"), own.contains("--json") {
      throw UserError("--csv and --json exclude each other; \(hint)")
    }
  }

  /// Says on standard error which old spellings were typed, unless the line asks for quiet.
  package func printNotes() {
    if arguments.contains("--quiet") || arguments.contains("-q") { return }
    for (old, new) in replaced {
      StandardError.write("note: \(old) is now called \(new); the old spelling goes in the release after this one\n")
    }
  }

  /// An error message with the spellings that were typed.
  package func asTyped(_ message: String) -> String {
    replaced.reduce(message) { $0.replacing($1.new, with: $1.old) }
  }

  /// Where to read more, for an error message.
  package var hint: String { "see '\(program) help\(path.map { " " + $0 }.joined())'" }

  /// Checks that what follows `help` names a command; the parser would show the help of another one.
  private func checkHelp(_ typed: [String], _ grammar: CommandGrammar) throws(UserError) {
    let words = typed.dropFirst(path.count).filter { !$0.hasPrefix("-") }
    let (command, found) = grammar.command(of: path.dropLast() + words)
    guard found.count < path.count - 1 + words.count else { return }
    let name = words[found.count - path.count + 1 + words.startIndex]
    let near = nearestName(to: name, among: command.subcommands.map(\.name))
    throw UserError("\(name): no such command\(near.map { "; did you mean \($0)?" } ?? ""); see 'cch help'")
  }

  private mutating func take(_ typed: String, _ rest: inout ArraySlice<String>) throws(UserError) {
    guard typed.hasPrefix("-"), typed != "-" else {
      arguments.append(typed)
      return
    }
    guard typed.hasPrefix("--") else {
      let letters = typed.dropFirst().map { "-\($0)" }
      guard letters.allSatisfy({ command.option($0) != nil || $0 == "-h" }) else {
        throw UserError("\(typed): no such option; a file whose name begins with - is named ./\(typed); \(hint)")
      }
      arguments.append(typed)
      return
    }
    let parts = typed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    var name = String(parts[0])
    if let new = OldSpelling.replacement(of: name, in: path), command.option(new) != nil {
      replaced.append((name, new))
      name = new
    }
    guard let option = command.option(name) else {
      if PreparedLine.builtIn.contains(name) {
        arguments.append(typed)
        return
      }
      throw unknown(name)
    }
    var word = ([name] + parts.dropFirst().map(String.init)).joined(separator: "=")
    if parts.count == 1, option.takesNext {
      guard let next = rest.first, next != "--", !next.hasPrefix("--"), command.option(next) == nil, next != "-h" else {
        throw UserError("\(name): its value is missing; \(option.rule); \(hint)")
      }
      if next.hasPrefix("-"), next != "-" {
        rest.removeFirst()
        word += "=" + next
      }
      // Another value is the next word, which the parser takes.
      else {
        arguments += [word, rest.removeFirst()]
        return
      }
    }
    arguments.append(word)
  }

  private func unknown(_ name: String) -> UserError {
    let near = nearestOption(to: name, in: command).map { "; did you mean \($0)?" } ?? ""
    let words = (["cch"] + path).joined(separator: " ")
    return UserError("\(name): '\(words)' has no such option\(near); \(hint)")
  }

  /// What the parser says of a line that it refuses, with the rule of the option where it says only that a value is invalid.
  package func explanation(of message: String) -> String {
    let pattern = /^The value '(?<value>.*)' is invalid for '(?<name>-[^' ]*)( <[^>]*>)?'(: (?<rule>.*))?$/
    guard let match = try? pattern.dotMatchesNewlines().wholeMatch(in: message) else { return "\(message); \(hint)" }
    let (name, value) = (String(match.name), String(match.value))
    let rule = match.rule.map(String.init) ?? "\(kind(wanted: value)); \(command.option(name)?.rule ?? "")"
    return "\(name) \(value): \(rule); \(hint)"
  }

  /// What options of numbers want, by what they refused.
  private func kind(wanted refused: String) -> String {
    if refused.hasPrefix("-"), refused.dropFirst().allSatisfy(\.isNumber) { return "must not be negative" }
    if !refused.isEmpty, refused.allSatisfy(\.isNumber) { return "the number is too large" }
    return Double(refused) == nil ? "a number is needed" : "a whole number is needed"
  }

  /// What the parser itself understands.
  private static let builtIn: Set = [
    "--help", "--help-hidden", "--version", "--generate-completion-script", "--experimental-dump-help",
  ]
}

extension CommandGrammar.Argument {
  /// The help text as a part of a sentence.
  fileprivate var rule: String {
    guard let abstract, !abstract.isEmpty else { return "its help tells what it takes" }
    let text = abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract
    return "it is: " + text.prefix(1).lowercased() + text.dropFirst()
  }
}

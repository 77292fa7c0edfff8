// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import ExactJSON

/// Options that were called otherwise in the release before: one word has one meaning in every command.
package enum OldSpelling {
  /// By the words of the command, `*` for all: the old spelling and the new one.
  private static let table: [String: [String: String]] = [
    "conform": ["--window": "--in-flight"],
    "tasks sample": ["--size": "--rows"],
    "validate": ["--size": "--rows", "--samples": "--repeats"],
    "advise": ["--level": "--confidence", "--replicates": "--repeats"],
    "student": ["--level": "--false-alarm", "--replicates": "--repeats", "--student": "--student-kind"],
    "experiment synthetic": [
      "--replicates": "--repeats", "--trained-replicates": "--trained-repeats", "--student": "--student-kind",
    ],
    "experiment": ["--seeds": "--repeats"],
  ]

  /// What an old spelling is called now; nil where it is no old spelling.
  package static func replacement(of option: String, in path: [String]) -> String? {
    table[path.joined(separator: " ")]?[option] ?? table[path.first ?? ""]?[option]
  }
}

/// The option of a command that is nearest to a mistyped one.
package func nearestOption(to name: String, in command: CommandGrammar) -> String? {
  nearestName(to: String(name.dropFirst(2)), among: command.longOptions.map { String($0.dropFirst(2)) }).map {
    "--" + $0
  }
}

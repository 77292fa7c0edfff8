// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation

/// The commands of the tool and their options, as it describes them itself.
struct Commands {
  let path: [String]
  /// With their dashes.
  let options: Set<String>

  static func all() throws -> [Commands] {
    let root = try Tool.run("--experimental-dump-help").json()
    return collect(root["command"] ?? .null, [])
  }

  private static func collect(_ command: JSONValue, _ path: [String]) -> [Commands] {
    let names = (command["arguments"]?.elements ?? []).flatMap { $0["names"]?.elements ?? [] }
    let options = names.compactMap { name -> String? in
      guard case .string(let text)? = name["name"] else { return nil }
      return (name["kind"] == "long" ? "--" : "-") + text
    }
    let own = Commands(path: path, options: Set(options))
    return [own]
      + (command["subcommands"]?.elements ?? []).flatMap { child -> [Commands] in
        guard case .string(let name)? = child["commandName"], name != "help" else { return [] }
        return collect(child, path + [name])
      }
  }
}

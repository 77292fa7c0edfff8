// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ExactJSON
import ForeignPrograms
import Foundation

/// The commands that a campaign is planned of: a line, words after `--`, or a file of several.
struct CampaignSpecification {
  static let schema = "cch.campaign-spec/1"

  /// The words of each command.
  let commands: [[String]]

  /// Reads what was typed.
  ///
  /// - Throws: ``UserError`` that names the file and the place.
  init(_ typed: [String]) throws {
    guard typed.count == 1, let text = typed.first else {
      if typed.isEmpty { throw UserError("SPEC is missing: a command line in quotes, or a file of several") }
      commands = [CampaignSpecification.withoutTool(typed)]
      return
    }
    if text.hasSuffix(".json"), !text.contains(" ") || FileManager.default.fileExists(atPath: text) {
      commands = try CampaignSpecification.read(text)
      return
    }
    commands = [try CampaignSpecification.words(text, "SPEC")]
  }

  private static func read(_ path: String) throws -> [[String]] {
    let data = try readFile(path)
    do {
      let reader = JSONReader(try JSONValue(parsing: data))
      try reader.requireKeys(among: ["schema", "commands"])
      let schema = try reader.required("schema")
      guard try schema.string() == Self.schema else { throw schema.failure("expected \"\(Self.schema)\"") }
      let lines = try reader.required("commands").elements()
      guard !lines.isEmpty else { throw reader.failure("commands: at least one is needed") }
      return try lines.map { try words(try $0.string(), $0.path) }
    } catch let error as UserError { throw UserError(file: path, error) } catch { throw UserError(file: path, error) }
  }

  private static func words(_ line: String, _ place: String) throws -> [String] {
    do throws(ForeignProgramError) {
      let command = try ForeignCommand(line: line)
      return withoutTool([command.program] + command.arguments)
    } catch { throw UserError("\(place): \(error)") }
  }

  /// People write `cch hunt …` as well.
  private static func withoutTool(_ words: [String]) -> [String] {
    words.first == "cch" ? Array(words.dropFirst()) : words
  }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import FileWriting
import ForeignPrograms
import Foundation

/// What is to be done so that an engine runs the shards of a campaign: files, commands, and what a person should know.
public struct Submission: Sendable {
  /// A file that is written.
  public struct File: Sendable {
    /// Its path, in the campaign's folder.
    public let path: String
    /// Its content.
    public let text: String
  }

  /// The files, before the commands.
  public var files: [File] = []
  /// The commands, in order. In the words of a later one, `{0}` is what the first printed, up to a semicolon, `{1}` the second, …
  public var commands: [[String]] = []
  /// What a person should know.
  public var notes: [String] = []

  /// Nothing to do.
  public init() {}

  /// The commands as they can be typed.
  public var lines: [String] { commands.map { (try? ForeignCommand($0))?.description ?? "" } }

  /// Writes the files and runs the commands.
  ///
  /// - Returns: what the commands printed.
  /// - Throws: ``CampaignError`` that names the file or the command.
  public func carryOut() throws(CampaignError) -> [String] {
    for file in files {
      try CampaignFolder.makeFolder((file.path as NSString).deletingLastPathComponent)
      do { try OutputFile(file.path).write(file.text) } catch { throw CampaignError(error.path, error.reason) }
    }
    var printed: [String] = []
    for words in commands {
      let filled = words.map { word in
        printed.enumerated().reduce(word) { text, output in
          text.replacingOccurrences(of: "{\(output.offset)}", with: output.element.prefix { $0 != ";" }.description)
        }
      }
      do throws(ForeignProgramError) {
        let output = try ForeignCommand(filled).run(timeLimit: .seconds(1_000_000))
        printed.append(output.text.trimmingCharacters(in: .whitespacesAndNewlines))
      } catch { throw CampaignError(filled[0], "\(error)") }
    }
    return printed
  }
}

/// What the engines have to know.
public struct SubmissionOptions: Sendable {
  /// The program.
  public var program = FileDigest.ownProgram
  /// How many tasks may run at a time; no limit where nil.
  public var limit: Int?
  /// Processors of each task.
  public var threads = 1
  /// Further options of the engine, such as `--partition=long`.
  public var engineOptions: [String] = []
  /// The largest array that Slurm takes.
  public var largestArray = 1_001
  /// The image that has the program, and the claim of the volume that the campaign's folder is on, for Kubernetes.
  public var image: String?, volumeClaim: String?

  /// The usual.
  public init() {}
}

extension CampaignFolder {
  /// The path from the root.
  var absolutePath: String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// The list of shards that tasks take theirs from, a line a task.
  func list(_ shards: [Int], name: String = "shards") -> Submission.File {
    Submission.File(path: absolutePath + "/submit/\(name).txt", text: shards.map { "\($0)\n" }.joined())
  }

  /// A list for every round that shards are of, for commands that are run one after the other.
  func lists(_ shards: [Int]) -> [Submission.File] {
    let stages = manifest.stages(of: shards)
    return stages.enumerated().map { list($1, name: stages.count == 1 ? "shards" : "shards-\($0 + 1)") }
  }
}

/// A word as a POSIX shell takes it.
func shellWord(_ word: String) -> String { "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'" }

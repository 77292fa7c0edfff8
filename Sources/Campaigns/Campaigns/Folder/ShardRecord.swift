// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import SeededRuns

/// The record of a shard as lines of JSON: what it belongs to, a line for each part of its cases, and a last line that says how many
/// these are.
///
/// Each line begins with a digest of its rest, in which the campaign counts: a line that is cut off, changed, or of another
/// campaign is noticed. Nothing in a record tells who wrote it or when, so that every run of the shard writes the same bytes.
struct ShardRecord {
  static let schema = "cch.campaign-record/1"

  let manifest: Manifest
  let shard: Int
  /// The lines of the parts so far, in order, and the parts.
  private(set) var lines: [String] = []
  private(set) var parts: [JSONValue] = []
  /// Whether the last line has been read.
  private(set) var isComplete = false

  /// An empty record.
  init(_ manifest: Manifest, shard: Int) { (self.manifest, self.shard) = (manifest, shard) }

  /// The first line.
  var header: String {
    sealed([
      "schema": .string(ShardRecord.schema), "campaign": .string(manifest.digestText), "shard": JSONValue(shard),
    ])
  }

  /// The line of the next part.
  func line(of part: JSONValue, over range: Range<Int>) -> String {
    sealed(["from": JSONValue(range.lowerBound), "to": JSONValue(range.upperBound), "part": part])
  }

  /// Adds a line that was written, and its part.
  mutating func add(_ line: String, _ part: JSONValue) {
    lines.append(line)
    parts.append(part)
  }

  /// The whole record.
  var text: String {
    ([header] + lines + [sealed(["parts": JSONValue(parts.count)])]).map { $0 + "\n" }.joined()
  }

  /// Reads lines as far as they are those of this record.
  ///
  /// - Returns: the number of the first line that is not, from 1, and what is wrong with it; nil where all are.
  mutating func read(_ text: some Sequence<Data>) -> (line: Int, problem: String)? {
    let chunks = manifest.chunks(of: shard)
    for (number, bytes) in text.enumerated() {
      let line = String(decoding: bytes, as: UTF8.self)
      if number == 0 {
        if line != header { return (1, "it is not the record of shard \(shard) of this campaign") }
        continue
      }
      guard !isComplete else { return (number + 1, "nothing can follow the last line") }
      guard isSealed(line), let document = try? JSONValue(parsing: bytes) else {
        return (number + 1, "the digest is not that of the line, so it is cut off, or was changed after it was written")
      }
      if document["parts"] == JSONValue(parts.count) {
        isComplete = true
        continue
      }
      guard parts.count < chunks.count, document["from"] == JSONValue(chunks[parts.count].lowerBound),
        document["to"] == JSONValue(chunks[parts.count].upperBound), let part = document["part"]
      else { return (number + 1, "it is not the line that must stand here") }
      add(line, part)
    }
    return nil
  }

  private func sealed(_ document: JSONValue) -> String {
    let rest = document.description.dropFirst()
    return "{\"digest\": \"\(digest(rest))\", \(rest)"
  }

  private func isSealed(_ line: String) -> Bool {
    let start = "{\"digest\": \""
    guard line.hasPrefix(start), line.utf8.count > start.utf8.count + 19 else { return false }
    let rest = line.dropFirst(start.count)
    let (found, after) = (rest.prefix(16), rest.dropFirst(16))
    return after.hasPrefix("\", ") && found == digest(after.dropFirst(3))
  }

  private func digest(_ rest: Substring) -> String { hexadecimal(fingerprint(of: rest, salt: manifest.digest)) }
}

extension CampaignFolder {
  /// The parts of a shard that is done.
  ///
  /// - Throws: ``CampaignError`` that names the file and the line where the record is not as it was written.
  func parts(of shard: Int, at path: String) throws(CampaignError) -> [JSONValue] {
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw CampaignError(path, "cannot be read")
    }
    var record = ShardRecord(manifest, shard: shard)
    if let (line, problem) = record.read(bytes.lines) {
      throw CampaignError(path, "line \(line): \(problem); remove the file and run shard \(shard) again")
    }
    guard record.isComplete else {
      throw CampaignError(path, "the last line is missing; remove the file and run shard \(shard) again")
    }
    return record.parts
  }
}

extension Data {
  /// The lines, without their ends; the last one may be unfinished.
  var lines: [Data] {
    var lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }
}

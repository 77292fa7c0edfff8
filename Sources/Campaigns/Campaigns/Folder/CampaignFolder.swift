// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import FileWriting
import Foundation

/// The folder of a campaign: all that its processes share.
///
/// | path | is |
/// |---|---|
/// | `manifest.json` | what the campaign is; written once |
/// | `shards/0012/12034.jsonl` | the record of a shard that is done, a thousand to a folder; `12034.found.jsonl` where it has finds |
/// | `parts/0012/12034.HOST-PID-….jsonl` | a record that grows; whoever runs the shard next begins with the longest |
/// | `parts/0012/12034.HOST-PID-….failed` | why a run of the shard failed |
/// | `rounds/0-1.json` | what the rounds of job 0 up to its round 1 leave to the next; made again where it is missing |
/// | `merged` | what `merge` wrote |
///
/// Nothing else is shared, and nothing needs a lock: a record is a function of manifest and shard, so that it does not matter
/// who writes it, how often, or at the same time.
public struct CampaignFolder: Sendable {
  /// The path as it was given.
  public let path: String
  /// What the campaign is.
  public let manifest: Manifest
  /// How many shards a folder has.
  static let fan = 1_000

  /// Makes a folder for a campaign.
  ///
  /// - Throws: ``CampaignError`` where it has anything in it already, or cannot be written.
  public init(creating path: String, _ manifest: Manifest) throws(CampaignError) {
    (self.path, self.manifest) = (path, manifest)
    let manager = FileManager.default
    if manager.fileExists(atPath: path + "/manifest.json") {
      throw CampaignError(path, "is the folder of a campaign already; name a new one")
    }
    if let names = try? manager.contentsOfDirectory(atPath: path), !names.isEmpty {
      throw CampaignError(path, "is not empty; name a new folder")
    }
    try CampaignFolder.makeFolder(path)
    // Of two that plan into one folder, one makes this folder.
    guard mkdir(path + "/shards", 0o777) == 0 else {
      if errno == EEXIST { throw CampaignError(path, "is the folder of a campaign already; name a new one") }
      throw CampaignError(path, "cannot be written: \(String(cString: strerror(errno)))")
    }
    try CampaignFolder.makeFolder(path + "/parts")
    do { try OutputFile(path + "/manifest.json").write(manifest.document.pretty + "\n") } catch {
      throw CampaignError(error.path, error.reason)
    }
  }

  /// Opens the folder of a campaign.
  ///
  /// - Throws: ``CampaignError`` where it is none, or its manifest was changed.
  public init(opening path: String) throws(CampaignError) {
    let file = path + "/manifest.json"
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
      let isThere = FileManager.default.fileExists(atPath: file)
      throw CampaignError(
        isThere ? file : path,
        isThere
          ? "cannot be read" : "is no folder of a campaign: it has no manifest.json; 'cch campaign plan' makes one")
    }
    self.path = path
    do { manifest = try Manifest(document: JSONReader(try JSONValue(parsing: bytes))) } catch {
      throw CampaignError(file, "\(error)")
    }
  }

  /// Checks that this program and the inputs are those that the campaign was planned with.
  ///
  /// - Throws: ``CampaignError`` that names what is another.
  public func requireSame(program: FileDigest, programPath: String) throws(CampaignError) {
    guard program == manifest.program else {
      throw CampaignError(
        programPath,
        "is another build of cch (\(program)) than the one that planned \(path) (\(manifest.program)); run with that, or plan anew"
      )
    }
    for input in manifest.inputs {
      let digest = try FileDigest(ofFile: input.path)
      guard digest == input.digest else {
        throw CampaignError(
          input.path, "has changed (\(digest)) since \(path) was planned (\(input.digest)); put it back, or plan anew")
      }
    }
  }

  /// The folder of a shard's files below `shards` or `parts`.
  static func fan(of shard: Int) -> String {
    let digits = String(shard / fan)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The record of a shard that is done.
  public func recordPath(_ shard: Int, found: Bool) -> String {
    "\(path)/shards/\(CampaignFolder.fan(of: shard))/\(shard)\(found ? ".found" : "").jsonl"
  }

  func partsFolder(_ shard: Int) -> String { "\(path)/parts/\(CampaignFolder.fan(of: shard))" }

  /// The path of the record of a shard that is done, and whether it has finds; nil where there is none.
  public func record(of shard: Int) -> (path: String, found: Bool)? {
    for found in [false, true] {
      let path = recordPath(shard, found: found)
      if access(path, F_OK) == 0 { return (path, found) }
    }
    return nil
  }

  /// Makes a folder and those above it where they are missing.
  static func makeFolder(_ path: String) throws(CampaignError) {
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw CampaignError(path, "cannot be made: \(String(cString: strerror(errno)))")
    }
  }
}

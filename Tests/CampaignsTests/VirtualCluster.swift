// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import Foundation
import SeededRuns
import Testing

/// The nodes of a cluster in virtual time: the one that is free first takes the next task.
struct VirtualNodes {
  private var heap: [(freeAt: Double, node: Int)]
  private let speeds: [Double]
  /// When the last task ended.
  private(set) var ended = 0.0

  /// One node in twenty is a tenth as fast.
  init(_ count: Int, _ source: inout RandomSource) {
    speeds = (0..<count).map { _ in source.chance(1, in: 20) ? 0.1 : 1 }
    heap = (0..<count).map { (0, $0) }
  }

  /// What all nodes do in a unit of time.
  var speed: Double { speeds.reduce(0, +) }
  /// When the next task begins, and where.
  var next: (time: Double, node: Int) { (heap[0].freeAt, heap[0].node) }

  /// Spends so many units of a full node's time on the node that is next.
  mutating func work(_ units: Double) {
    heap[0].freeAt += units / speeds[heap[0].node]
    ended = max(ended, heap[0].freeAt)
    var place = 0
    while true {
      let children = [2 * place + 1, 2 * place + 2].filter { $0 < heap.count }
      guard let child = children.min(by: { heap[$0].freeAt < heap[$1].freeAt }), heap[child].freeAt < heap[place].freeAt
      else { return }
      heap.swapAt(child, place)
      place = child
    }
  }

  /// Nothing begins before all has ended, as when somebody submits again.
  mutating func wait() { for place in heap.indices { heap[place].freeAt = ended } }
}

/// A shared file system that shows what others did late: files that are there and not yet seen, and files of which an earlier state is.
///
/// In the folder is what a node sees; what is true comes into it when its time has come, by a rename, as a server's answer does.
struct LateFiles {
  private let folder: String
  private var late: [(time: Double, truth: String, path: String)] = []
  private var soonest = Double.infinity
  private(set) var count = 0

  init(_ folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// The file at `path` is seen at `time`; until then as it was when it had `prefix` bytes, or not at all.
  mutating func delay(_ path: String, until time: Double, showing prefix: Int? = nil) throws {
    let truth = "\(folder)/\(count)"
    let content = try bytes(path)
    try FileManager.default.moveItem(atPath: path, toPath: truth)
    if let prefix { try content.prefix(prefix).write(to: URL(fileURLWithPath: path)) }
    late.append((time, truth, path))
    soonest = min(soonest, time)
    count += 1
  }

  /// Shows what is due at `time`; a record that another node wrote meanwhile must be the same.
  mutating func show(at time: Double) throws {
    guard soonest <= time else { return }
    for (_, truth, path) in late.filter({ $0.time <= time }) {
      if path.contains("/shards/"), let seen = try? bytes(path) {
        let written = try bytes(truth)
        #expect(seen == written, "two runs of a shard wrote other bytes")
      }
      #expect(rename(truth, path) == 0)
    }
    late.removeAll { $0.time <= time }
    soonest = late.map(\.time).min() ?? .infinity
  }
}

extension CampaignFolder {
  /// The growing records of a shard.
  func parts(of shard: Int) throws -> [String] {
    let parts = "\(path)/parts/\(String(format: "%04d", shard / 1_000))"
    return try FileManager.default.contentsOfDirectory(atPath: parts).filter { $0.hasPrefix("\(shard).") }
      .sorted().map { "\(parts)/\($0)" }
  }
}

/// Gives a file the name of another host's and the time of its clock, which is wrong by up to two days.
func skew(_ path: String, _ node: Int) throws {
  let words = (path as NSString).lastPathComponent.split(separator: ".")
  guard words.count == 3 else { return }
  let other =
    "\((path as NSString).deletingLastPathComponent)/\(words[0]).node\(node)-1-\(words[1].suffix(6)).\(words[2])"
  #expect(rename(path, other) == 0)
  let wrong = Double(node % 5 - 2) * 86_400
  try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: wrong)], ofItemAtPath: other)
}

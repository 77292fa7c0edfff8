// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Which shard a process is to run: by its number, or by the number that a scheduler gives to each task of an array.
public enum ShardIndex {
  /// Where schedulers put the number: Slurm, Kubernetes' indexed jobs, PBS, AWS Batch, Grid Engine (which counts from 1).
  public static let variables = [
    "SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "PBS_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX",
  ]

  /// The number of the task in an environment.
  ///
  /// - Throws: ``CampaignError`` where no variable has one, or it is no number.
  public static func task(in environment: [String: String] = ProcessInfo.processInfo.environment)
    throws(CampaignError) -> Int
  {
    for name in variables {
      guard let text = environment[name], !text.isEmpty else { continue }
      guard let number = Int(text), number >= 0 else { throw CampaignError(name, "\"\(text)\" is no number of a task") }
      return number
    }
    throw CampaignError(
      "--shard", "give the number of a shard; none of \(variables.joined(separator: ", ")) is set")
  }

  /// The shard on line `task` of a list, counted from 0.
  ///
  /// - Throws: ``CampaignError`` where the list has no such line.
  public static func shard(_ task: Int, in list: String) throws(CampaignError) -> Int {
    guard let text = try? String(contentsOfFile: list, encoding: .utf8) else {
      throw CampaignError(list, "cannot be read")
    }
    let lines = text.split(separator: "\n")
    guard lines.indices.contains(task) else {
      throw CampaignError(list, "has no line \(task + 1) for task \(task); it has \(lines.count)")
    }
    guard let shard = Int(lines[task]) else {
      throw CampaignError(list, "line \(task + 1): \"\(lines[task])\" is no number")
    }
    return shard
  }
}

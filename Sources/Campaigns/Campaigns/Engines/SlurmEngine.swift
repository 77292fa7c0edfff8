// SPDX-License-Identifier: GPL-3.0-or-later

/// Slurm: arrays of tasks, and a job after them that merges.
public enum SlurmEngine {
  /// Arrays for `shards`, each at most as large as the cluster takes, and a job that merges when they have ended, however they did.
  ///
  /// A task that a signal killed asks to be queued again by exit status 99, for which a cluster has `RequeueExit=99`; where it
  /// has not, the task counts as failed, the merge says what is missing, and `cch campaign submit` submits just that. A task that Slurm runs
  /// twice, as it may where a node was lost, writes the same record twice.
  ///
  /// The arrays of a round begin when those of the round before have ended. Where a shard of that has failed, they refuse at once, and it is
  /// submitted again.
  public static func submission(_ folder: CampaignFolder, shards: [Int], _ options: SubmissionOptions) -> Submission {
    let stages = folder.manifest.stages(of: shards)
    let (root, list) = (folder.absolutePath, folder.list(stages.flatMap { $0 }))
    var submission = Submission()
    let size = max(1, options.largestArray - 1)
    let (array, merge) = (root + "/submit/array.sh", root + "/submit/merge.sh")
    submission.files = [
      list, .init(path: array, text: arrayScript(root, list.path, options)),
      .init(path: merge, text: mergeScript(root, options)),
      .init(path: root + "/submit/log/README", text: "What the tasks print.\n"),
    ]
    var (first, before) = (0, [String]())
    for stage in stages {
      let after = before.isEmpty ? [] : ["--dependency=afterany:\(before.joined(separator: ":"))"]
      before = []
      for start in stride(from: 0, to: stage.count, by: size) {
        let last = min(size, stage.count - start) - 1
        let limit = options.limit.map { "%\($0)" } ?? ""
        before.append("{\(submission.commands.count)}")
        submission.commands.append(
          ["sbatch", "--parsable", "--array=0-\(last)\(limit)", "--cpus-per-task=\(options.threads)"]
            + after + options.engineOptions + [array, "\(first + start)"])
      }
      first += stage.count
    }
    let arrays = submission.commands.count
    // For all arrays and not only those of the last round: where a round could not begin, its tasks end at once.
    let jobs = (0..<arrays).map { "{\($0)}" }.joined(separator: ":")
    submission.commands.append(
      ["sbatch", "--parsable", "--dependency=afterany:\(jobs)"] + options.engineOptions + [merge])
    submission.notes = [
      "\(shards.count) shards in \(arrays) array\(arrays == 1 ? "" : "s") of at most \(size) tasks; what they print goes to \(root)/submit/log",
      "a killed task is queued again where the cluster has RequeueExit=99; else submit again: only what is missing is submitted",
    ]
    return submission
  }

  private static func arrayScript(_ root: String, _ list: String, _ options: SubmissionOptions) -> String {
    """
    #!/bin/sh
    #SBATCH --job-name=cch
    #SBATCH --requeue
    #SBATCH --open-mode=append
    #SBATCH --output=\(root)/submit/log/%A_%a.txt
    # The argument is the line of the list that task 0 takes, from 0.
    \(shellWord(options.program)) campaign run \(shellWord(root)) --list \(shellWord(list)) --offset "$1" --threads \(options.threads) --quiet
    status=$?
    # Killed by a signal: again, at most three times.
    if [ $status -gt 128 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ]; then exit 99; fi
    exit $status

    """
  }

  private static func mergeScript(_ root: String, _ options: SubmissionOptions) -> String {
    """
    #!/bin/sh
    #SBATCH --job-name=cch-merge
    #SBATCH --output=\(root)/submit/log/merge.txt
    \(shellWord(options.program)) campaign merge \(shellWord(root))

    """
  }

  /// The size of arrays that `scontrol show config` tells of.
  public static func largestArray(in configuration: String) -> Int? {
    for line in configuration.split(separator: "\n") where line.hasPrefix("MaxArraySize") {
      return line.split(separator: "=").last.flatMap { Int($0.filter(\.isNumber)) }
    }
    return nil
  }
}

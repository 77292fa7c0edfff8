// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import ForeignPrograms

/// GNU parallel, or xargs where it is missing.
public enum ParallelEngine {
  /// One line that runs `shards`, so many at a time.
  public static func submission(
    _ folder: CampaignFolder, shards: [Int], _ options: SubmissionOptions, hasParallel: Bool
  ) -> Submission {
    let root = folder.absolutePath
    var submission = Submission()
    submission.files = folder.lists(shards)
    let jobs = "\(options.limit ?? 0)"
    let run = [options.program, "campaign", "run", root, "--threads", "\(options.threads)", "--quiet", "--shard"]
    submission.commands = submission.files.map { list in
      hasParallel
        ? ["parallel", "--halt", "never", "--retries", "3", "-j", options.limit.map { "\($0)" } ?? "100%"]
          + options.engineOptions + ["-a", list.path] + run + ["{}"]
        : ["xargs", "-a", list.path, "-n", "1", "-P", jobs] + options.engineOptions + run
    }
    submission.notes = [
      "on several machines with one file system: parallel --sshlogin HOST,HOST …, by --option; then 'cch campaign merge'"
    ]
    return submission
  }
}

/// Ray: the driver script of this project.
public enum RayEngine {
  /// The driver, which retries tasks whose process or node was lost.
  public static func submission(
    _ folder: CampaignFolder, shards: [Int], _ options: SubmissionOptions, driver: String
  ) -> Submission {
    let root = folder.absolutePath
    var submission = Submission()
    submission.files = folder.lists(shards)
    submission.commands = submission.files.map { list in
      [
        "python3", driver, "--program", options.program, "--folder", root, "--list", list.path, "--threads",
        "\(options.threads)",
      ]
        + (options.limit.map { ["--limit", "\($0)"] } ?? []) + options.engineOptions
    }
    submission.notes = [
      "it needs Ray ('pip install ray'); --option --address=auto joins a cluster that runs; the folder must be on all of its machines"
    ]
    return submission
  }
}

/// Kubernetes: an Indexed Job.
public enum KubernetesEngine {
  /// The manifest of a job that runs `shards`, one a completion index.
  ///
  /// The program is the image's, so the campaign must be planned with that one.
  public static func submission(
    _ folder: CampaignFolder, shards: [Int], _ options: SubmissionOptions, image: String, volumeClaim: String
  ) -> Submission {
    let root = folder.absolutePath
    var submission = Submission()
    let file = root + "/submit/job.json"
    // A job's indices begin in no order that could be relied on, so one job is one round.
    let stages = folder.manifest.stages(of: shards)
    let first = stages.first ?? []
    submission.files = [
      folder.list(first),
      .init(path: file, text: job(first.count, options, image, volumeClaim).pretty + "\n"),
    ]
    submission.commands = [["kubectl", "create", "-f", file] + options.engineOptions]
    submission.notes = [
      "plan with the program of the image, in a pod that has the volume at /campaign: another build is refused",
      "checked against Kubernetes' published schema, never run on a cluster by this project",
    ]
    if stages.count > 1 {
      submission.notes.append("this is one round of \(stages.count); submit again when its job is complete")
    }
    return submission
  }

  static func job(_ tasks: Int, _ options: SubmissionOptions, _ image: String, _ volumeClaim: String) -> JSONValue {
    let command: JSONValue = [
      "cch", "campaign", "run", "/campaign", "--list", "/campaign/submit/shards.txt", "--threads",
      .string("\(options.threads)"), "--quiet",
    ]
    let container: JSONValue = [
      "name": "cch", "image": .string(image), "command": command,
      "resources": ["requests": ["cpu": .string("\(options.threads)")]],
      "volumeMounts": [["name": "campaign", "mountPath": "/campaign"]],
    ]
    let pod: JSONValue = [
      "restartPolicy": "Never", "containers": [container],
      "volumes": [["name": "campaign", "persistentVolumeClaim": ["claimName": .string(volumeClaim)]]],
    ]
    return [
      "apiVersion": "batch/v1", "kind": "Job", "metadata": ["generateName": "cch-campaign-"],
      "spec": [
        "completionMode": "Indexed", "completions": JSONValue(tasks),
        "parallelism": JSONValue(min(options.limit ?? tasks, tasks)), "backoffLimitPerIndex": 3,
        "maxFailedIndexes": JSONValue(tasks), "template": ["spec": pod],
      ],
    ]
  }
}

"""The public log's raw material: one row for every public act, in the transaction of its cause."""

from django.db import models


class Act(models.Model):
    """A public act: its commitment (a salted hash) and the salt that opens it.

    `position` and `public_sequence` are given later, together, under one lock: sequences commit
    out of order and a reader holding a cursor would lose rows. A hidden act gets no public
    sequence, so that it leaves no gap in the public one.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    object_id = models.UUIDField()
    commitment = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16, null=True)
    hidden = models.BooleanField(default=False)
    position = models.BigIntegerField(null=True)
    public_sequence = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                condition=models.Q(position__isnull=False),
                name="act_position_is_unique",
            ),
            models.UniqueConstraint(
                fields=["public_sequence"],
                condition=models.Q(public_sequence__isnull=False),
                name="act_public_sequence_is_unique",
            ),
        ]

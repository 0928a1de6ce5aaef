"""What do the words of our documents mean to who expands them? One context, without anything to fetch.

Source: federation handbook, 1.5.
"""

ACTIVITYSTREAMS = "https://www.w3.org/ns/activitystreams"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
MEDIA_TYPE = "application/activity+json"

CONTEXT: list[str | dict[str, object]] = [
    ACTIVITYSTREAMS,
    "https://w3id.org/security/v1",
    {
        "lemmy": "https://join-lemmy.org/ns#",
        "pt": "https://joinpeertube.org/ns#",
        "sc": "http://schema.org/",
        "toot": "http://joinmastodon.org/ns#",
        "litepub": "http://litepub.social/ns#",
        "Hashtag": "as:Hashtag",
        "sensitive": "as:sensitive",
        "ChatMessage": "litepub:ChatMessage",
        "commentsEnabled": "pt:commentsEnabled",
        "stickied": "lemmy:stickied",
        "distinguished": "lemmy:distinguished",
        "removeData": "lemmy:removeData",
        "postingRestrictedToMods": "lemmy:postingRestrictedToMods",
        "matrixUserId": "lemmy:matrixUserId",
        "moderators": {"@id": "lemmy:moderators", "@type": "@id"},
        "featured": {"@id": "toot:featured", "@type": "@id"},
        "language": "sc:inLanguage",
        "identifier": "sc:identifier",
        "discoverable": "toot:discoverable",
        "indexable": "toot:indexable",
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
        "quote": {"@id": "https://w3id.org/fep/044f#quote", "@type": "@id"},
        "interactionPolicy": "https://gotosocial.org/ns#interactionPolicy",
        "PropertyValue": "sc:PropertyValue",
        "value": "sc:value",
    },
]

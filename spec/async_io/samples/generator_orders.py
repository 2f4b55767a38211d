"""A shop makes five orders, and a kitchen takes each and says what has become of it."""


def kitchen():
    said = ""
    while True:
        order = yield said
        if not order:
            return
        print(f"kitchen: takes order {order}")
        said = "served"


def shop(orders, cook):
    next(cook)
    for order in orders:
        print(f"shop: sends order {order}")
        said = cook.send(order)
        print(f"shop: order {order} is {said}")
    cook.close()


shop(range(1, 6), kitchen())
